-- What wrk sends, from the environment, and what it says at the end: one line of figures.
--
-- LOAD_METHOD, LOAD_AUTHORIZATION and LOAD_FORM make the request, LOAD_PATHS is a file with a path per line that the
-- requests take in turns.

local paths, turn = {}, 0

function init()
  wrk.method = os.getenv("LOAD_METHOD")
  wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
  local form = os.getenv("LOAD_FORM")
  if form ~= "" then
    wrk.body = form
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
  for path in io.lines(os.getenv("LOAD_PATHS")) do
    paths[#paths + 1] = wrk.format(nil, path)
  end
end

function request()
  turn = turn % #paths + 1
  return paths[turn]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), failed))
end
