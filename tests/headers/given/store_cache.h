#pragma once

#include "sources.h"
