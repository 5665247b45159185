// SPDX-License-Identifier: Apache-2.0

/**
 * Real Redis and PostgreSQL servers as processes of their own, for tests.
 */
@NullMarked
package io.governance.test.store;

import org.jspecify.annotations.NullMarked;
