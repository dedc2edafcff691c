// Records the times between frames for `seconds`, and the longest that anything else had to wait for the thread of the
// window, while `each` (called before every frame with the milliseconds since the start) does what a person would do.
async (seconds, each) => {
  const BEAT = 5;
  const frames = [];
  const stalls = [];
  let beat = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - beat > 50 + BEAT) stalls.push(now - beat - BEAT);
    beat = now;
  }, BEAT);
  await new Promise((done) => {
    let first = null;
    let last = null;
    const frame = (now) => {
      first ??= now;
      if (last !== null) frames.push(now - last);
      last = now;
      if (now - first >= seconds * 1000) return done();
      each(now - first);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  clearInterval(timer);
  return { frames, stalls };
}
