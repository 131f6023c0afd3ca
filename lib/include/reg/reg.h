#pragma once
/// @file reg.h
/// All of the library.

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/error.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <reg/selection.h>
#include <reg/symbol.h>
#include <reg/workspace.h>
