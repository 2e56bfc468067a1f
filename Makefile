# Rostrum: `make run` installs what is missing, builds and opens it; `make test` proves it.
SHELL := /bin/bash
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
BINARY := .build/release/rostrum
SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)

BUILD_PACKAGES := libasound2-dev libncurses-dev libsndfile1-dev libsamplerate0-dev libebur128-dev libfftw3-dev \
  libsqlite3-dev libespeak-ng-dev libutf8proc-dev libcmark-dev libpocketsphinx-dev libsphinxbase-dev libc6-dev \
  libstdc++-12-dev libcurl4-openssl-dev librubberband-dev libpango1.0-dev libarchive-dev libcrypt-dev
RUN_PACKAGES := libasound2-plugins ncurses-term espeak-ng-data pocketsphinx-en-us ca-certificates fonts-dejavu-core
# What the signals are measured against, and what their Python packages need to be built.
PEER_PACKAGES := praat ffmpeg python3-venv python3-dev gcc
PEER_MODULES := praat-parselmouth librosa webrtcvad setuptools<81
TEST_PACKAGES := pulseaudio-utils alsa-utils pocketsphinx-testdata tmux sqlite3 procps openssl strace espeak-ng \
  poppler-utils chromium openssh-client
# A language model's server of the tests that answers by itself.
LLM_MODULES := litellm[proxy]>=1.80,<2

# Installs the packages of $(1) that are missing, saying which; nothing happens where all are there.
define install-packages
	@missing=""; for name in $(1); do \
	  dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$name"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing with apt:$$missing"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null || exit 1; \
	fi
endef

.PHONY: run build setup setup-test setup-llm setup-peers test bench bench-signals bench-words fuzz install format lint clean check-swift

run: build
	@$(BINARY)

check-swift:
	@found=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1); \
	if [ -z "$$found" ] || [ "$$(printf '6.2\n%s\n' "$$found" | sort -V | head -n 1)" != 6.2 ]; then \
	  echo "Rostrum needs a Swift 6.2 toolchain or newer ($${found:-none} was found): https://www.swift.org/install/linux/"; \
	  exit 69; \
	fi

setup: check-swift
	$(call install-packages,$(BUILD_PACKAGES) $(RUN_PACKAGES))

# PulseAudio is the microphone of the tests. Where it would push out another sound server it is left alone, and its
# tests are skipped, saying so; where it is installed here, it is not set to start with the next login. The tests start an
# OpenSSH server of their own: where the package is installed here, the machine's does not stay open because of that.
setup-test: setup setup-llm
	$(call install-packages,$(TEST_PACKAGES))
	@if ! command -v pulseaudio >/dev/null; then \
	  if apt-get install -s --no-install-recommends pulseaudio 2>/dev/null | grep -q '^Remv'; then \
	    echo "PulseAudio would remove this machine's sound server, so it is not installed and its tests are skipped."; \
	  else \
	    echo "Installing with apt: pulseaudio"; \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove pulseaudio >/dev/null && \
	    if command -v systemctl >/dev/null; then \
	      $(SUDO) systemctl --global disable pulseaudio.service pulseaudio.socket >/dev/null 2>&1 || true; \
	    fi; \
	  fi; \
	fi
	@if ! [ -x /usr/sbin/sshd ]; then \
	  echo "Installing with apt: openssh-server"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssh-server >/dev/null || exit 1; \
	  if command -v systemctl >/dev/null; then \
	    $(SUDO) systemctl disable --now ssh.service ssh.socket >/dev/null 2>&1 || true; \
	  fi; \
	fi

# LiteLLM's proxy goes into a folder of its own, .build/llm/venv (750 MB). Without it its tests are skipped.
setup-llm: setup
	$(call install-packages,python3-venv)
	@llm=.build/llm/venv; if ! [ -e $$llm/complete ]; then \
	  echo "Installing with pip into $$llm: $(foreach name,$(LLM_MODULES),'$(name)')"; \
	  rm -rf $$llm && mkdir -p .build/llm && /usr/bin/python3 -m venv $$llm && \
	  $$llm/bin/pip install -q $(foreach name,$(LLM_MODULES),'$(name)') && touch $$llm/complete || \
	  echo "LiteLLM cannot be installed here, so its tests are skipped."; \
	fi

build: setup
	@$(SWIFT) build -c release --static-swift-stdlib --product rostrum

# The release build is what the end-to-end tests run, with nothing beside them, for they keep time; the other tests are
# linked with the debug build. The log is kept, and what failed is said once more at its end.
test: setup-test build
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory stage PREFIX=$(CURDIR)/.build/stage
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	@set -o pipefail; { \
	  code=0; $(SWIFT) test --skip-build --skip EndToEndTests || code=1; \
	  ROSTRUM_BINARY=$(CURDIR)/$(BINARY) ROSTRUM_INSTALL_TEST=1 ROSTRUM_INSTALLED=$(CURDIR)/.build/stage \
	    $(SWIFT) test --skip-build --filter EndToEndTests || code=1; \
	  exit $$code; \
	} 2>&1 | tee .build/test.log || { .ci/failures .build/test.log; exit 1; }

bench: setup-test build
	$(SWIFT) build --build-tests
	@ROSTRUM_BENCH=1 ROSTRUM_BINARY=$(CURDIR)/$(BINARY) $(SWIFT) test --skip-build --filter "^BenchTests"

# Words: how many are wrong, how soon they come, what they cost, with the general model and with a script.
bench-words: setup-test
	$(SWIFT) build --build-tests
	@ROSTRUM_BENCH=1 $(SWIFT) test --skip-build --filter "^WordsBench"

# The peers go into a folder of their own, .build/peers/venv; nothing of Python is installed beside it.
setup-peers:
	$(call install-packages,$(PEER_PACKAGES) pocketsphinx-testdata)
	@peers=.build/peers/venv; if ! [ -e $$peers/complete ]; then \
	  echo "Installing with pip into $$peers: $(foreach name,$(PEER_MODULES),'$(name)')"; \
	  rm -rf $$peers && /usr/bin/python3 -m venv $$peers && \
	  $$peers/bin/pip install -q $(foreach name,$(PEER_MODULES),'$(name)') && touch $$peers/complete || exit 1; \
	fi

# Signal accuracy and cost, peers and Rostrum in one table. RUN=FOLDER scores analyses that are already made.
bench-signals: $(if $(RUN),,build) setup-peers
	@PYTHONDONTWRITEBYTECODE=1 .build/peers/venv/bin/python Tests/Peers/table.py $(or $(RUN),$(CURDIR)/$(BINARY))

# Ten minutes each, with AddressSanitizer; SECONDS=60 for a minute. A crash keeps its input in .build/fuzz/crashes.
fuzz: setup
	@Tests/Fuzz/run $(or $(SECONDS),600)

# Binary, themes and prompts under PREFIX; nothing of the toolchain is needed to run them.
install: build stage
	@echo "Installed $(PREFIX)/bin/rostrum"

.PHONY: stage
stage:
	@install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/rostrum/Themes" "$(DESTDIR)$(PREFIX)/share/rostrum/Prompts"
	@install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/rostrum"
	@install -m 644 Themes/*.yaml "$(DESTDIR)$(PREFIX)/share/rostrum/Themes/"
	@cp -R Prompts/. "$(DESTDIR)$(PREFIX)/share/rostrum/Prompts/"

format:
	@$(SWIFT) format --in-place --recursive Package.swift Sources Tests

lint:
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

clean:
	@rm -rf .build
