package starter

import _ "embed" // the pipelines

// The files lie here under names without a dot, since their folders would have the code hosts of this repository run them.
var (
	//go:embed pipelines/github.yml
	github []byte
	//go:embed pipelines/gitlab.yml
	gitlab []byte
)

// Pipelines gives what has code hosts check, compare and publish a site: a workflow of GitHub Actions and a pipeline of GitLab, at the paths where
// these look for them from the root of a repository on. Neither holds a date, an address or a secret: what differs from site to site are variables,
// which the head of each explains.
func Pipelines() []File {
	return []File{{Path: ".github/workflows/trust-center.yml", Data: github}, {Path: ".gitlab-ci.yml", Data: gitlab}}
}
