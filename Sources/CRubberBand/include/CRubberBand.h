/// librubberband's C interface: plain functions, imported as they are.
#pragma once
#include <rubberband/rubberband-c.h>
