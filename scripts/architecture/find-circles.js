/**
 * Finds files that import each other in a circle; one shortest circle for each knot.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph file → the files it imports
 * @returns {string[][]} each circle starts with its first file in alphabetical order
 */
export function findCircles(graph) {
  const inCircle = new Set()
  const circles = []
  for (const start of [...graph.keys()].sort()) {
    if (inCircle.has(start)) continue
    const circle = shortestWayBack(graph, start)
    if (!circle) continue
    circle.forEach((file) => inCircle.add(file))
    circles.push(circle)
  }
  return circles
}

/**
 * Breadth first from a file back to itself.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 * @param {string} start
 * @returns {string[] | undefined}
 */
function shortestWayBack(graph, start) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map()
  const queue = [start]
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return wayTo(file, cameFrom)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, file)
      queue.push(next)
    }
  }
  return undefined
}

/**
 * @param {string} file
 * @param {ReadonlyMap<string, string>} cameFrom
 */
function wayTo(file, cameFrom) {
  const way = [file]
  for (let before = cameFrom.get(file); before !== undefined; before = cameFrom.get(before)) way.unshift(before)
  return way
}
