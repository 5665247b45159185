// SPDX-License-Identifier: Apache-2.0

/**
 * What Spring Cloud's discovery interface cannot say about Eureka: whether its answers
 * come from the registry or only from memory.
 */
@NullMarked
package io.governance.discovery.eureka;

import org.jspecify.annotations.NullMarked;
