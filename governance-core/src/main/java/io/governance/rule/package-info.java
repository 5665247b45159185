// SPDX-License-Identifier: Apache-2.0

/**
 * What operators write: rules, their types, and whole rule sets. The kernel and the
 * adapters work on these; no concrete type is named here.
 */
@NullMarked
package io.governance.rule;

import org.jspecify.annotations.NullMarked;
