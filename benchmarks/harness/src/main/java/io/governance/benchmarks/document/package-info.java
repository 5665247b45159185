// SPDX-License-Identifier: Apache-2.0

/**
 * Tables of results, put into the page that shows them.
 */
@NullMarked
package io.governance.benchmarks.document;

import org.jspecify.annotations.NullMarked;
