/// espeak-ng, the speech synthesiser.
#pragma once
#include <espeak-ng/speak_lib.h>
