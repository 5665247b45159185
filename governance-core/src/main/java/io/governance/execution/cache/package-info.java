// SPDX-License-Identifier: Apache-2.0

/**
 * Answers that are kept for a while and given again, after go-zero's protections of a
 * cache: of calls for the same at the same time one is made and the others wait for it;
 * times to live are spread, so that what was kept together does not end together; that
 * there is nothing is kept too. What is kept for one principal is never given to another.
 */
@NullMarked
package io.governance.execution.cache;

import org.jspecify.annotations.NullMarked;
