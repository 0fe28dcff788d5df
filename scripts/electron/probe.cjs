// Run by Electron itself: becomes ready, with its sandbox and without a window, and ends.
const { app } = require('electron')

app.setPath('userData', process.argv[2])
app.disableHardwareAcceleration()
void app.whenReady().then(() => app.exit(0))
