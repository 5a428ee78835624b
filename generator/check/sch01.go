package check

import "candor/generator/diag"

var sch01 = Rule{
	Rule: diag.Rule{
		ID:       "SCH01",
		Severity: diag.Error,
		Title:    "a file cannot be read as its format says: unknown key, key or id written twice, wrong word, bad date, a name that nothing has",
		Why:      "A misspelt key is a fact that is lost in silence.",
		Bad: `# subprocessors/openai.yaml
name: OpenAI
catgory: llm-api
announced_on: 2026-02-31`,
		Good: `# subprocessors/openai.yaml
name: OpenAI
category: llm-api
announced_on: 2026-02-28`,
		Remark: "Found while files are read and names are linked. It cannot be excepted.",
	},
}
