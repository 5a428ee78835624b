# Candor: the few commands there are. CI runs `make check` and `make check-site`.

# The starter's dates are chosen for this day, so the site in this repository is built as on it.
DAY := 2026-11-23
GO  ?= go

.PHONY: build site schema test check check-site race mutants bench edits eval clean

build:
	$(GO) build -trimpath -o bin/candor ./cmd/candor

site: build
	bin/candor build --on $(DAY)

# The files in content/ name these in their first lines; editors look for them there.
schema: build
	bin/candor schema --out .candor/schemas

test:
	$(GO) test ./...

# What CI runs first: formatting, vet, staticcheck, the tests, and the tests again with the race detector.
check:
	@unformatted=$$(gofmt -l cmd content diagrams generator themes); if [ -n "$$unformatted" ]; then echo "gofmt -w these files:"; echo "$$unformatted"; exit 1; fi
	$(GO) mod verify
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(MAKE) test
	$(MAKE) race

# What one goroutine does has nothing for the detector, and under it the renderer compiles twenty times slower. So the tests that start whole processes to look at the
# renderer's code cache run once, above; so do the mutants, which run one check a thousand times, the 300 edits, which build one site after the other, the verbs that
# change a few files one by one, the schemas, what hosts are told, spreadsheets, what is told of two times, and the packages whose tests drive a browser over a site that is made
# before. With -short a few seeds stand for many. Of the scripts, those of verbs that work side by side run here too: building, serving, publishing.
RACE_NOT := ^candor/(diagrams|cmd/candor|generator/(hosting|schema|rename|learning|amend|approval|search|share|sheet|disclosure|starter|readiness|inspect.*))$$

race: export CANDOR_BROWSER := none
race:
	$(GO) test -race -short -skip '^Test(Mutants|BuiltAgainIsBuiltAnew|ADayLater|SinceIsToldEverywhere|ForecastFindsTheFirstDay)$$' $$($(GO) list ./... | grep -v -E '$(RACE_NOT)')
	$(GO) test -race -short -skip '^TestPipeline' -run '^Test([^S]|S[^c])|^TestScripts$$/^(new|build|cache|serve|reproducible|source|publish.*)$$' ./cmd/candor
	$(GO) test -race -short -run 'Child|Draw|Serve|Same|Warm' -skip '^TestColdAndWarmStart$$' ./diagrams

# Looks at built sites as their readers' browsers and the checkers of the trade do: the starter and a site that is hard to show, each in both themes.
# Parts of it: make check-site INSPECT="-quick -only ^/answers/".
check-site: site
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && \
	bin/candor build -q --on $(DAY) --theme handbook --out $$made/starter-handbook && \
	$(GO) run ./generator/inspect/stress $$made/site && \
	bin/candor build -q -C $$made/site --on $(DAY) --out $$made/stress && \
	bin/candor build -q -C $$made/site --on $(DAY) --theme handbook --out $$made/stress-handbook && \
	$(GO) run ./generator/inspect $(INSPECT) -sample stress=$$made/stress -sample stress-handbook=$$made/stress-handbook starter=public starter-handbook=$$made/starter-handbook

# Breaks every field of the content, one at a time, and prints how many of the mutants were told from the rest.
mutants:
	$(GO) test ./generator -run '^Test(Mutants|Plantings|EveryRuleHasAMutant)$$' -v | grep -v -e '^=== ' -e '--- PASS'

# Everything that is made fast, against Hugo in the same run.
bench:
	bash generator/bench/run

# How the preview's memory goes over 10,000 edits.
edits: build
	@site=$$(mktemp -d) && bin/candor new --on $(DAY) $$site/site >/dev/null 2>&1 && XDG_CACHE_HOME=$$site $(GO) run ./generator/bench/edits -candor bin/candor -site $$site/site; rm -rf "$$site"

# How well vendors are found in trees of code whose vendors are known (SCAN="-v" shows where not), and how good the matching of questions is on those whose
# answers are known: each questionnaire judged by what was learnt from the others. With EVAL="-v" it shows the questions that went wrong, with
# EVAL="-write generator/match/weights.txt" it learns the weights anew.
QUESTIONS := ../shared/data/questions
eval:
	$(GO) run ./generator/scan/eval $(SCAN)
	@if [ -d "$(QUESTIONS)" ]; then echo; $(GO) run ./generator/match/eval -questions $(QUESTIONS) $(EVAL); else echo "no questions in $(QUESTIONS): the matching is not judged"; fi

clean:
	rm -rf bin
