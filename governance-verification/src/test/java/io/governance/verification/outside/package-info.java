// SPDX-License-Identifier: Apache-2.0

/**
 * What a user does: applications outside of the tree that add a starter and properties,
 * built with Maven and started as processes.
 */
@NullMarked
package io.governance.verification.outside;

import org.jspecify.annotations.NullMarked;
