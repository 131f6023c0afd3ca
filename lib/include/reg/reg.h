#pragma once
/// @file reg.h
/// All of the library.

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/columns.h>
#include <reg/dispatcher.h>
#include <reg/error.h>
#include <reg/facts.h>
#include <reg/freshness.h>
#include <reg/implementation.h>
#include <reg/json.h>
#include <reg/loader.h>
#include <reg/manual.h>
#include <reg/merge.h>
#include <reg/module.h>
#include <reg/open_cache.h>
#include <reg/output_template.h>
#include <reg/predicate.h>
#include <reg/query.h>
#include <reg/refresh.h>
#include <reg/registration.h>
#include <reg/registry.h>
#include <reg/registry_details.h>
#include <reg/registry_store.h>
#include <reg/scan.h>
#include <reg/selection.h>
#include <reg/shapes.h>
#include <reg/sources.h>
#include <reg/status.h>
#include <reg/store_cache.h>
#include <reg/symbol.h>
#include <reg/tables.h>
#include <reg/text.h>
#include <reg/traced_selection.h>
#include <reg/version.h>
#include <reg/workspace.h>
