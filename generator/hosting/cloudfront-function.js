// A CloudFront function, runtime cloudfront-js-2.0, for both events of a distribution's behavior: viewer request and viewer response. It finds the page of a folder,
// leads moved addresses on, and adds the headers that some files alone have; cloudfront-headers.json has those of all. The bucket needs s3-policy.json; have the
// distribution answer 403 and 404 from it with the page BASE/404.html and the status 404.
const base = BASE;
const moved = MOVED;

function handler(event) {
  const uri = event.request.uri;
  if (!uri.startsWith(base + "/") && uri !== base) return event.response || event.request;
  return event.context.eventType === "viewer-response" ? answered(event, uri.slice(base.length + 1)) : asked(event.request, uri);
}

function asked(request, uri) {
  if (uri === base) return lead(301, base + "/", request);
  let path = uri.slice(base.length + 1);
  if (Object.prototype.hasOwnProperty.call(moved, path)) return lead(301, base + "/" + moved[path], request);
  let plain = path;
  try { plain = decodeURIComponent(path); } catch (e) { /* a % that is no escape: taken as it is */ }
  if (/(^|\/)\./.test(plain) && !/^\.well-known\/[^.\/][^\/]*$/.test(plain) || /^(_headers|_redirects|vercel\.json)$/.test(plain)) request.uri = base + "/404/index.html";
  else if (path === "" || path.endsWith("/")) request.uri = uri + "index.html";
  else if (path !== "SHA256SUMS" && /^[\w~-]+(\/[\w~-]+)*$/.test(path)) return lead(301, uri + "/", request); // not //elsewhere.example/page
  return request;
}

function answered(event, path) {
  const headers = event.response.headers;
  if (path.startsWith("q/")) {
    headers["x-robots-tag"] = { value: UNINDEXED };
    headers["cache-control"] = { value: NEVER };
  } else if (!path.startsWith("assets/") && /(^SHA256SUMS|\.(ENDINGS))$/.test(path)) {
    headers["access-control-allow-origin"] = { value: "*" };
  }
  return event.response;
}

function lead(status, to, request) {
  const query = [];
  for (const name of Object.keys(request.querystring)) {
    const one = request.querystring[name];
    for (const value of one.multiValue || [one]) query.push(fit(name) + (value.value === "" ? "" : "=" + fit(value.value)));
  }
  if (query.length) to += "?" + query.join("&");
  return { statusCode: status, statusDescription: "Moved Permanently", headers: { location: { value: to } } };
}

// fit escapes what may not stand in a query; what is escaped already stays.
function fit(text) {
  return text.replace(/[^\w.~!$'()*,;:@\/?%+-]+/g, encodeURIComponent);
}
