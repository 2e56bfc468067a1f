/// libcmark, the reference parser of CommonMark: plain functions over a tree of nodes, imported as they are.
#pragma once
#include <cmark.h>
