#include "core/people/agent_name.h"

#include "core/base/text.h"

namespace gilir {

bool is_agent_name(const AgentName& name) {
  const auto& text = name.value;
  return is_name(text) && text != "me" && text != "none" && text.find_first_not_of("0123456789") != std::string::npos;
}

}  // namespace gilir
