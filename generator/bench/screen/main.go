// Command screen measures how long it takes from the write of a file to the changed text being on screen, in a real browser.
//
// In comes the address of a page that a preview serves, and the file that it is made of; out come the median, the 95th percentile and the longest
// of some saves, in milliseconds, of two things: until the text is in the page, and until the browser has painted it. Any preview can be measured: Candor's
// and, for comparison, another generator's. The file is given back as it was.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	"candor/generator/browser"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// watch runs in every page before its own scripts. It tells when a text with the mark first is in the page, and when the frame that shows it is done.
const watch = `(() => {
	const clock = () => performance.timeOrigin + performance.now();
	let last = "";
	const look = () => {
		const found = document.body?.textContent.match(/saved-no-\d+-here/g)?.at(-1);
		if (!found || found === last) return;
		last = found;
		const there = clock();
		requestAnimationFrame(() => {
			const after = new MessageChannel();
			after.port1.onmessage = () => window.seen({Mark: found, There: there, Shown: clock()});
			after.port2.postMessage(0);
		});
	};
	new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
})()`

// A sight is what the page tells.
type sight struct {
	Mark         string
	There, Shown float64 // milliseconds since 1970
}

func main() {
	url := flag.String("url", "", "address of the `PAGE`")
	file := flag.String("file", "", "the `FILE` that it is made of; a sentence is added at its end")
	saves := flag.Int("saves", 40, "how often it is saved")
	pause := flag.Duration("pause", 400*time.Millisecond, "time between two saves")
	name := flag.String("name", "", "what the line begins with")
	flag.Parse()
	if err := run(*url, *file, *name, *saves, *pause); err != nil {
		fmt.Fprintln(os.Stderr, "screen:", err)
		os.Exit(1)
	}
}

func run(url, file, name string, saves int, pause time.Duration) error {
	before, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	defer os.WriteFile(file, before, 0o644)
	ctx, cancel, err := browser.Start(chromedp.WindowSize(1280, 900))
	if err != nil {
		return err
	}
	defer cancel()
	sights := make(chan sight, 10)
	tell := chromedp.ExposeFunc("seen", func(_ context.Context, s sight) (bool, error) {
		sights <- s
		return true, nil
	})
	ready := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watch})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(ctx, tell, ready, chromedp.Navigate(url), chromedp.Sleep(time.Second)); err != nil {
		return err
	}
	var there, shown []float64
	for n := range saves + 3 {
		mark := fmt.Sprintf("saved-no-%d-here", n)
		time.Sleep(pause + rand.N(pause/4))
		start := time.Now()
		if err := save(file, append(bytes.Clone(before), "\n"+mark+"\n"...), n%2 == 0); err != nil {
			return err
		}
		s, err := await(sights, mark)
		if err != nil {
			return fmt.Errorf("save %d: %w", n, err)
		}
		if began := float64(start.UnixMicro()) / 1000; n >= 3 { // the first ones warm up
			there, shown = append(there, s.There-began), append(shown, s.Shown-began)
		}
	}
	fmt.Printf("%s%d saves: in the page after %s ms, on screen after %s ms (median, 95th percentile, longest)\n", name, saves, three(there), three(shown))
	return nil
}

// save writes a file as editors do: in its place, or beside it and then renamed.
func save(file string, data []byte, inPlace bool) error {
	if inPlace {
		return os.WriteFile(file, data, 0o644)
	}
	beside := file + "~"
	if err := os.WriteFile(beside, data, 0o644); err != nil {
		return err
	}
	return os.Rename(beside, file)
}

func await(sights <-chan sight, mark string) (sight, error) {
	late := time.After(20 * time.Second)
	for {
		select {
		case s := <-sights:
			if s.Mark == mark {
				return s, nil
			}
		case <-late:
			return sight{}, errors.New("the text did not come on screen within 20 s")
		}
	}
}

// three gives the median, the 95th percentile and the largest of some numbers.
func three(all []float64) string {
	slices.Sort(all)
	at := func(share float64) float64 { return all[min(len(all)-1, int(share*float64(len(all))))] }
	return fmt.Sprintf("%.1f / %.1f / %.1f", at(0.5), at(0.95), all[len(all)-1])
}
