// SPDX-License-Identifier: Apache-2.0

/**
 * The discovery starter with Spring Cloud's clients of other registries, each against its
 * real server. They are here, and not with the starter's tests, because each of them
 * configures itself as soon as it is on the class path.
 */
@NullMarked
package io.governance.registries;

import org.jspecify.annotations.NullMarked;
