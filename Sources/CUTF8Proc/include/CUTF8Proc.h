/// libutf8proc: how many cells a character takes.
#pragma once
#include <utf8proc.h>
