package hosting

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// cloudfrontSize is how long a CloudFront function may be (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html, read on 2026-11-26).
const cloudfrontSize = 10_240

//go:embed cloudfront-function.js
var cloudfrontSource string

// cloudfrontFunction gives a function that finds pages and leads moved addresses on, as many as it has room for (.../functions-event-structure.html, read on
// 2026-11-26). A bucket knows no folders, and CloudFront adds index.html to the front page alone.
func (p plan) cloudfrontFunction() []byte {
	source := strings.NewReplacer("BASE/404.html", escaped(p.base+"/404.html", ""), "= BASE;", "= "+inScript(escaped(p.base, ""))+";",
		"UNINDEXED", inScript(unindexed.Value), "NEVER", inScript(cacheNever), "ENDINGS", machineEndings(), `"SHA256SUMS"`, inScript(manifest)).Replace(cloudfrontSource)
	room := cloudfrontSize - len(source) - len(left("//", len(p.moves), 0)) - len("0000") // for the digits of how many there are
	var list strings.Builder
	told := 0
	for _, m := range p.moves {
		line := fmt.Sprintf("\n %s: %s,", inScript(escaped(m.From[1:], "")), inScript(escaped(m.To[1:], "")))
		if list.Len()+len(line) > room {
			break
		}
		list.WriteString(line)
		told++
	}
	return []byte(left("//", len(p.moves), told) + strings.Replace(source, "= MOVED;", "= {"+strings.TrimSuffix(list.String(), ",")+"};", 1))
}

// inScript gives a text as JavaScript has it.
func inScript(s string) string {
	quoted, _ := json.Marshal(s) // a string: there is no error
	return string(quoted)
}

// A headersConfig is a ResponseHeadersPolicyConfig (docs.aws.amazon.com/cli/v1/reference/cloudfront/create-response-headers-policy.html, read on 2026-11-26).
type headersConfig struct {
	Name     string
	Comment  string
	Security struct {
		StrictTransportSecurity *transportConfig `json:",omitempty"`
		ContentSecurityPolicy   struct {
			Override              bool
			ContentSecurityPolicy string
		}
		ContentTypeOptions struct{ Override bool }
		ReferrerPolicy     struct {
			Override       bool
			ReferrerPolicy string
		}
	} `json:"SecurityHeadersConfig"`
	Custom customConfig `json:"CustomHeadersConfig"`
}

type transportConfig struct {
	Override               bool
	IncludeSubdomains      bool
	Preload                bool
	AccessControlMaxAgeSec int
}

type customConfig struct {
	Quantity int
	Items    []customHeader
}

type customHeader struct {
	Header   string
	Value    string
	Override bool
}

// cloudfrontHeaders gives the headers of every response: aws cloudfront create-response-headers-policy --response-headers-policy-config file://...
func (p plan) cloudfrontHeaders() []byte {
	config := headersConfig{Name: "candor-trust-center", Comment: "The same headers for every file; cloudfront-function.js adds those of some"}
	security := &config.Security
	for _, h := range always(p.https) {
		switch h.Name {
		case "Content-Security-Policy":
			security.ContentSecurityPolicy.Override, security.ContentSecurityPolicy.ContentSecurityPolicy = true, h.Value
		case "Strict-Transport-Security":
			security.StrictTransportSecurity = &transportConfig{Override: true}
			fmt.Sscanf(h.Value, "max-age=%d", &security.StrictTransportSecurity.AccessControlMaxAgeSec)
		case "X-Content-Type-Options":
			security.ContentTypeOptions.Override = true
		case "Referrer-Policy":
			security.ReferrerPolicy.Override, security.ReferrerPolicy.ReferrerPolicy = true, h.Value
		default:
			config.Custom.Items = append(config.Custom.Items, customHeader{h.Name, h.Value, true})
		}
	}
	config.Custom.Quantity = len(config.Custom.Items)
	return indented(config)
}

// indented gives a value as JSON for people.
func indented(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	e.Encode(v) // strings, numbers and truths alone: there is no error
	return b.Bytes()
}

//go:embed s3-policy.json
var bucketSource []byte

// bucketPolicy gives a policy that has CloudFront alone read a bucket, and not what publishing notes in it
// (docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html, read on 2026-11-26). What begins with YOUR- is to be replaced: no
// bucket or account has such a name, so AWS takes it for an error when it is not.
func bucketPolicy() []byte { return bucketSource }
