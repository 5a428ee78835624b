package trial

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/match"
)

// TestOwnQuestions tries the repository's questions on the starter's answers. The questions were written to be hard (most share few words with the
// answer) and are not to be changed when an answer is; a change of words in synonyms.txt or intents.txt that helps one question and harms the rest shows here.
func TestOwnQuestions(t *testing.T) {
	s, err := Starter("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, a := range s.Answers {
		known[a.ID] = true
	}
	for _, c := range s.Cases {
		if c.Right != "" && !known[c.Right] {
			t.Errorf("%s: the starter has no answer %q", c.ID, c.Right)
		}
	}
	all := Judge(s, match.Learnt())
	asked, first, three, filled, wrong := 0, 0, 0, 0, 0
	for _, v := range all {
		if v.c.Right != "" {
			asked++
		}
		if v.place == 0 {
			first++
		}
		if v.place >= 0 && v.place < 3 {
			three++
		}
		if v.filled {
			filled++
			if v.wrong() {
				wrong++
			}
		}
	}
	if asked < 150 {
		t.Fatalf("only %d questions with an answer", asked)
	}
	share := func(n, of int) float64 { return float64(n) / float64(of) }
	t.Logf("%d questions: R@1 %.3f, R@3 %.3f, %.3f filled, %d wrong", len(all), share(first, asked), share(three, asked), share(filled, len(all)), wrong)
	if share(first, asked) < .75 || share(three, asked) < .88 || share(filled, len(all)) < .15 || share(wrong, max(filled, 1)) > .08 {
		t.Errorf("worse than it was")
	}
}

func TestSweep(t *testing.T) {
	right, none := &Case{Right: "a"}, &Case{}
	all := []verdict{{c: right, confidence: .9}, {c: right, confidence: .8}, {c: none, placeAlso: -1, confidence: .7}, {c: right, confidence: .6}, {c: right, placeAlso: 1, confidence: .5}}
	if at, filled, wrong := sweep(all, .95); at != .8 || filled != 2 || wrong != 0 {
		t.Errorf("got %v, %d filled, %d wrong", at, filled, wrong)
	}
	if at, filled, wrong := sweep(all, .75); at != .6 || filled != 4 || wrong != 1 {
		t.Errorf("got %v, %d filled, %d wrong", at, filled, wrong)
	}
	if at, filled, _ := sweep(all[2:3], .95); at <= 1 || filled != 0 {
		t.Errorf("nothing is right, and from %v on %d are filled", at, filled)
	}
}

// small writes a set with two questionnaires.
func small(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range map[string]string{
		"library.csv":   "library_id,library_question,section,answer\nmfa,Is MFA enforced?,Access,Yes.\nbackup,Are backups made?,Continuity,Yes.\n",
		"pairs.csv":     "query_id,query,library_id,topic,source_query,also_ok\nq1,Two-factor for staff?,mfa,access,one,\nq2,Copies of the database?,backup,continuity,two,mfa|x\nq3,Second factor?,mfa,access,two,\n",
		"negatives.csv": "query_id,query,source_query,kind\nn1,Secret colour of the fence?,two,far\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestCrossIsHonestAndTheSameEveryTime(t *testing.T) {
	var reports []string
	for range 2 {
		s, err := Read(small(t))
		if err != nil {
			t.Fatal(err)
		}
		trial, err := New(s)
		if err != nil {
			t.Fatal(err)
		}
		plain, taught, alone := trial.Cross()
		if len(plain) != 4 || len(taught) != 4 || len(alone) != 0 {
			t.Fatalf("got %d, %d and %d verdicts", len(plain), len(taught), len(alone))
		}
		var out bytes.Buffer
		Report(&out, "small", plain, false)
		Report(&out, "taught", taught, false)
		reports = append(reports, out.String()+trial.Learn("").String())
	}
	if reports[0] != reports[1] {
		t.Errorf("two runs differ:\n%s\n%s", reports[0], reports[1])
	}
	if !strings.Contains(reports[0], "4 questions,   3 with a right answer: R@1 1.000") {
		t.Errorf("got:\n%s", reports[0])
	}
	for _, text := range []string{"Two-factor", "Copies of", "fence"} {
		if strings.Contains(reports[0], text) {
			t.Errorf("the report shows the text %q", text)
		}
	}
}

// TestTaughtLeavesOut holds that no questionnaire is judged with its own wordings.
func TestTaughtLeavesOut(t *testing.T) {
	s, err := Read(small(t))
	if err != nil {
		t.Fatal(err)
	}
	answers := s.taught("two")
	if got := strings.Join(answers[0].AlsoAsked, "|"); got != "Two-factor for staff?" {
		t.Errorf("got %q", got)
	}
	if len(answers[1].AlsoAsked) > 0 || len(s.Answers[0].AlsoAsked) > 0 {
		t.Errorf("taught what was left out: %+v, %+v", answers[1], s.Answers[0])
	}
}

func TestReadNamesTheFile(t *testing.T) {
	folder := small(t)
	if err := os.Remove(filepath.Join(folder, "negatives.csv")); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(folder); err == nil || !strings.Contains(err.Error(), "negatives.csv") {
		t.Errorf("got %v", err)
	}
}
