// SPDX-License-Identifier: Apache-2.0

/**
 * Our matching beside Spring's.
 */
@NullMarked
package io.governance.verification.matching;

import org.jspecify.annotations.NullMarked;
