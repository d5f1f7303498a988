#pragma once

#include <string>
#include <vector>

namespace kith {

/** Runs the command line and returns its exit code: 0 done, 1 failed, 2 wrong arguments or data. */
int run(const std::vector<std::string>& arguments);

}  // namespace kith
