# What a developer needs: make demo to see it, make test before a commit. Everything else is a go command away.

# A checkout of another user makes git, and with it go's version stamp, refuse.
VCS := $(shell git rev-parse HEAD >/dev/null 2>&1 && echo auto || echo false)
GOBUILD := go build -buildvcs=$(VCS)
TESTFLAGS ?=

.PHONY: build demo test race bench lint format screenshots tools clean

build: ## the binary
	$(GOBUILD) -o bin/tiepdan ./cmd/tiepdan

demo: build ## everything in one: simulator, staff site, sample office
	exec bin/tiepdan demo

tools: ## what the tests run: Chromium, fonts, redis-server, pdftotext
	@scripts/test-tools

# One package at a time: browsers, servers and kills need the machine for themselves.
test: tools
	@go vet ./...
	@. ./.tools && go test -p 1 -timeout 15m $(TESTFLAGS) ./...

race: tools
	@. ./.tools && go test -race -timeout 30m $(TESTFLAGS) ./...

bench: build tools ## the numbers that docs and README name
	@. ./.tools && bin/tiepdan bench

screenshots: build tools ## made anew from the demo
	@. ./.tools && SCREENSHOTS=$(CURDIR)/docs/screenshots go test -count=1 -timeout 10m -run '^TestScreenshots$$' ./cmd/tiepdan

lint: format
	go vet ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run; \
	else echo "golangci-lint (v2) isn't on this machine: only gofmt and go vet were run"; fi

format: ## names the files that gofmt would change
	@files=$$(git ls-files -co --exclude-standard '*.go' 2>/dev/null || find . -name '*.go'); \
	bad=$$(gofmt -l $$files); \
	if [ -n "$$bad" ]; then echo "gofmt -w is needed:"; echo "$$bad"; exit 1; fi

clean:
	rm -rf bin .tools
