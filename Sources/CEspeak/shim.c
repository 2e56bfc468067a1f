#include "CEspeak.h"
