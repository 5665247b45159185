// SPDX-License-Identifier: Apache-2.0

/**
 * How busy this process is, passed in like the time.
 */
@NullMarked
package io.governance.load;

import org.jspecify.annotations.NullMarked;
