#pragma once
// The setup function of every command; each is defined in the file of its name.

#include "../command.h"

namespace reg::app {

Action setup_init(Arguments& arguments);
Action setup_auto_register(Arguments& arguments);
Action setup_scan(Arguments& arguments);
Action setup_status(Arguments& arguments);
Action setup_list(Arguments& arguments);
Action setup_facts(Arguments& arguments);
Action setup_find(Arguments& arguments);
Action setup_show(Arguments& arguments);
Action setup_get(Arguments& arguments);
Action setup_lint(Arguments& arguments);
Action setup_select(Arguments& arguments);
Action setup_possible(Arguments& arguments);
Action setup_test(Arguments& arguments);
Action setup_diff(Arguments& arguments);
Action setup_publish(Arguments& arguments);
Action setup_follow(Arguments& arguments);
Action setup_fleet(Arguments& arguments);
Action setup_cache(Arguments& arguments);
Action setup_lock(Arguments& arguments);
Action setup_unlock(Arguments& arguments);
Action setup_register(Arguments& arguments);
Action setup_unregister(Arguments& arguments);
Action setup_why(Arguments& arguments);
Action setup_merge(Arguments& arguments);
Action setup_pin(Arguments& arguments);
Action setup_unpin(Arguments& arguments);
Action setup_help(Arguments& arguments);
Action setup_completion(Arguments& arguments);

}  // namespace reg::app
