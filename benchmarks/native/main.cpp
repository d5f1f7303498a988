#include "command.hpp"

int main(int count, char** values) {
  return kith::run(std::vector<std::string>(values + 1, values + count));
}
