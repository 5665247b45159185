// SPDX-License-Identifier: Apache-2.0

/**
 * Tests over the whole suite. They read the tree that they are built in: sources,
 * compiled classes and documents of all modules.
 */
@NullMarked
package io.governance.verification;

import org.jspecify.annotations.NullMarked;
