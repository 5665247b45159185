// SPDX-License-Identifier: Apache-2.0

/**
 * What every adapter must do, as tests to extend: the same scenarios, with real servers,
 * for each client and each server type.
 */
@NullMarked
package io.governance.test.contract;

import org.jspecify.annotations.NullMarked;
