package scan

import (
	"bytes"
	"path"
	"strings"

	"candor/generator/model"
	"candor/generator/pattern"
)

// A command is one that puts a program on a vendor's servers, or works on what it has there.
type command struct {
	vendor string
	form   *pattern.Late // of the command, from its beginning
}

// commands are those of the vendors' own tools, as their documents give them. What a tool does on the machine alone (supabase start, firebase emulators:start) is
// none of them.
var commands = []command{
	{"aws", pattern.Of(`^(?:aws\s+(?:--(?:region|profile)[ =]\S+\s+)*(?:s3|s3api|ecs|ecr|ecr-public|eks|lambda|cloudformation|apprunner|elasticbeanstalk|ssm|secretsmanager|sqs|sns|dynamodb|rds|cloudfront|amplify|stepfunctions|batch|sagemaker|codedeploy|sts|logs)\s+[a-z][a-z0-9-]+|(?:eb|sam|cdk)\s+deploy\b)`)},
	{"google-cloud", pattern.Of(`^(?:gcloud\s+(?:(?:beta|alpha)\s+)?(?:run|app|functions|builds|container|compute|artifacts|secrets|storage|sql|pubsub|ai|auth\s+configure-docker)\s+[a-z-]+|gcloud\s+app\s+deploy|gsutil\s+(?:-m\s+)?(?:cp|rsync|mb)\b)`)},
	{"azure", pattern.Of(`^(?:az\s+(?:webapp|containerapp|acr|functionapp|aks|deployment|storage|keyvault|group|staticwebapp|container)\s+[a-z-]+|azd\s+(?:up|deploy|provision)\b)`)},
	{"fly-io", pattern.Of(`^(?:fly|flyctl)\s+(?:deploy|launch|secrets\s+set)\b`)},
	{"heroku", pattern.Of(`^(?:heroku\s+(?:container:(?:push|release|login)|create|run|config:set|ps:scale)|git\s+push\s+(?:-f\s+|--force\s+)?heroku)\b`)},
	{"railway", pattern.Of(`^railway\s+(?:up|deploy|link|redeploy)\b`)},
	{"vercel", pattern.Of(`^(?:vercel|vc)(?:@[a-z0-9.^~]+)?\s+(?:deploy\b|--prod\b|pull\b|build\b.*--prod\b)`)},
	{"netlify", pattern.Of(`^(?:netlify|ntl|netlify-cli)(?:@[a-z0-9.^~]+)?\s+deploy\b`)},
	{"cloudflare", pattern.Of(`^wrangler(?:@[a-z0-9.^~]+)?\s+(?:deploy|publish|pages\s+(?:deploy|publish)|versions\s+upload|(?:d1|r2|kv|secret)\b[^\n]*--remote|secret\s+put)\b`)},
	{"firebase", pattern.Of(`^(?:firebase|firebase-tools)(?:@[a-z0-9.^~]+)?\s+deploy\b`)},
	{"supabase", pattern.Of(`^supabase(?:@[a-z0-9.^~]+)?\s+(?:functions\s+deploy|db\s+push|link|secrets\s+set)\b`)},
	{"digitalocean", pattern.Of(`^doctl\s+(?:apps|registry|kubernetes|compute|serverless)\s+[a-z-]+`)},
	{"hetzner", pattern.Of(`^hcloud\s+(?:server|context|network|volume|load-balancer)\s+[a-z-]+`)},
	{"scaleway", pattern.Of(`^scw\s+(?:container|function|instance|registry|k8s)\s+[a-z-]+`)},
	{"modal", pattern.Of(`^modal\s+deploy\b`)},
	{"convex", pattern.Of(`^convex\s+deploy\b`)},
	{"trigger-dev", pattern.Of(`^trigger\.dev(?:@[a-z0-9.^~]+)?\s+deploy\b`)},
	{"sentry", pattern.Of(`^sentry-cli(?:@[a-z0-9.^~]+)?\s+(?:releases|sourcemaps|upload-dif|debug-files|deploys)\b`)},
	{"turso", pattern.Of(`^turso\s+(?:db|group)\s+[a-z-]+`)},
	{"databricks", pattern.Of(`^databricks\s+bundle\s+deploy\b`)},
}

// tools are the words that the commands begin with.
var tools = setOf("aws", "eb", "sam", "cdk", "gcloud", "gsutil", "az", "azd", "fly", "flyctl", "heroku", "git", "railway", "vercel", "vc", "netlify", "ntl", "netlify-cli", "wrangler", "firebase",
	"firebase-tools", "supabase", "doctl", "hcloud", "scw", "modal", "convex", "trigger.dev", "sentry-cli", "turso", "databricks")

// begins is what stands on a line in front of a command: nothing, another command, the name of a step or a script, and what runs it.
var begins = pattern.Of(`(?:^[ \t]*(?:-[ \t]+)?(?:(?:run|script|command|deploy)[ \t]*:[ \t]*)?|&&[ \t]*|\|\|?[ \t]*|;[ \t]*|\$\([ \t]*|:[ \t]*")["'@]?(?:[A-Z_]+=\S+[ \t]+)*` +
	`(?:(?:sudo|exec|time|npx|bunx|pnpm|yarn|npm exec|dlx|-y|--yes|--|poetry run|uv run|python3? -m)[ \t]+)*$`)

// near are words by which a command is for a server of one's own that speaks as the vendor's does.
var near = pattern.Of(`(?i)endpoint[-_]url|localhost|127\.0\.0\.1|localstack|--local\b`)

// maxCommand is how many bytes are read of a command, and in front of it.
const maxCommand = 300

// mayCommand reports whether commands stand in a file that put the program somewhere: a script, a pipeline, the scripts of package.json.
func (l *look) mayCommand() bool {
	base := strings.ToLower(path.Base(l.path))
	return l.lines == shell || base == "package.json" || l.role.pipeline || base == "taskfile.yml" || base == "taskfile.yaml"
}

// deployments takes the commands of a file that put the program on a vendor's servers.
func (l *look) deployments() {
	var printed [][2]int
	looked := false
	for _, at := range commandsAt(l.data, tools) {
		text, _, _ := bytes.Cut(l.data[at:min(len(l.data), at+maxCommand)], []byte("\n"))
		vendor, found := commandOf(text)
		known := l.known.Find(vendor)
		before := lineBefore(l.data, at)
		if known == nil || near.Match(text) || isRemark(before) || !begins.Match(before) {
			continue
		}
		if !looked {
			printed, looked = l.printed(), true
		}
		if _, shown := inside(printed, at); shown {
			continue
		}
		strength := model.SignStrong
		if l.role.aside {
			strength = model.SignWeak
		}
		l.see(sighting{vendor: known, kind: model.SignAction, strength: strength, seen: `command "` + strings.Join(strings.Fields(found), " ") + `"`}, at, at+len(found))
	}
}

// commandOf gives the vendor of the command that a text begins with, and as much of it as says so; "" for others.
func commandOf(text []byte) (vendor, found string) {
	for _, c := range commands {
		if found = c.form.FindString(string(text)); found != "" {
			return c.vendor, found
		}
	}
	return "", ""
}

// maxCommands is how many words are looked at in a file that may begin a command.
const maxCommands = 2_000

// commandsAt gives where one of the words stands that commands begin with, and what may be a command's argument behind it. Scripts are long and such words few: what a
// command is, is asked only there.
func commandsAt(data []byte, words map[string]bool) (all []int) {
	for at := 0; at < len(data) && len(all) < maxCommands; at++ {
		if !inCommand(data[at]) {
			continue
		}
		end := at + 1
		for end < len(data) && inCommand(data[end]) {
			end++
		}
		argued := end < len(data) && strings.IndexByte(" \t@", data[end]) >= 0
		if argued && words[string(data[at:end])] && (at == 0 || strings.IndexByte(" \t\r\n\"'@&|;(!%", data[at-1]) >= 0) {
			all = append(all, at)
		}
		at = end
	}
	return all
}

func inCommand(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.'
}

// lineBefore gives what stands on the line in front of a place, as far as it is read.
func lineBefore(data []byte, at int) []byte {
	before := data[max(0, at-maxCommand):at]
	return before[bytes.LastIndexByte(before, '\n')+1:]
}

// isRemark reports whether a script's line begins as one that is not carried out.
func isRemark(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("#")) }

// document begins a text of several lines that a script prints or writes.
var document = pattern.Of(`(?m)^[ \t]*(?:sudo[ \t]+)?(?:cat|tee)\b[^\n]*<<-?[ \t]*["']?([A-Za-z_]+)["']?[^\n]*\n`)

// printed gives where such texts stand.
func (l *look) printed() (all [][2]int) {
	done := 0
	for _, m := range document.FindAllSubmatchIndex(l.data, 100) {
		if m[1] < done {
			continue
		}
		word := l.data[m[2]:m[3]]
		for done = m[1]; done < len(l.data); {
			end := lineEnd(l.data, done)
			last := bytes.Equal(bytes.TrimSpace(l.data[done:end]), word)
			if done = end + 1; last {
				break
			}
		}
		all = append(all, [2]int{m[1], min(done, len(l.data))})
	}
	return all
}
