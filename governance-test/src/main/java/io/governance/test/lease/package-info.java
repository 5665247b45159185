// SPDX-License-Identifier: Apache-2.0

/**
 * A store of shared limits that tests can script.
 */
@NullMarked
package io.governance.test.lease;

import org.jspecify.annotations.NullMarked;
