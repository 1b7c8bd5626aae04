/* Search runs in a worker, and browsers refuse workers to pages that are opened from a disk. There, and only there, an
   iframe takes the worker's place: it loads the script and passes messages in both directions. */
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super()
      this.waiting = []
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.appendChild(this.frame)
      const inner = this.frame.contentWindow
      inner.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      /* A worker waits for the scripts that it imports; here they are loaded one after the other. */
      inner.importScripts = (...names) => names.reduce(
        (before, name) => before.then(() => this.load(new URL(name, url))), Promise.resolve()
      )
      const script = inner.document.createElement("script")
      script.src = url
      script.onload = () => { this.ready = true; this.waiting.splice(0).forEach(data => this.pass(data)) }
      script.onerror = () => this.dispatchEvent(new ErrorEvent("error", { message: "no script " + url }))
      inner.document.body.appendChild(script)
    }
    load(url) {
      return new Promise((done, failed) => {
        const script = this.frame.contentDocument.createElement("script")
        script.src = url
        script.onload = done
        script.onerror = failed
        this.frame.contentDocument.body.appendChild(script)
      })
    }
    pass(data) { this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data })) }
    postMessage(data) { this.ready ? this.pass(data) : this.waiting.push(data) }
    terminate() { this.frame.remove() }
  }
}
