// The editor's own background work, in a thread of its own. It starts by itself.
import 'monaco-editor/editor/editor.worker'
