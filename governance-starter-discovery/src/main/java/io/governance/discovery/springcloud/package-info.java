// SPDX-License-Identifier: Apache-2.0

/**
 * Spring Cloud's discovery interfaces: our view offered as one, and others followed
 * through them.
 */
@NullMarked
package io.governance.discovery.springcloud;

import org.jspecify.annotations.NullMarked;
