// The error that an action ends with, for tests that name its code and details.
#pragma once

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace gilir {

// Fails the test when `action` ends without one.
template <class Action>
Error thrown_by(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "ended without an error";
  return Error(ErrorCode::failed).with("problem", "ended without an error");
}

template <class Action>
void expect_error(ErrorCode code, Action&& action) {
  const auto error = thrown_by(action);
  EXPECT_EQ(error.code(), code) << error.what();
}

}  // namespace gilir
