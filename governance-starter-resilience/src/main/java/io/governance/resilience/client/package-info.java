// SPDX-License-Identifier: Apache-2.0

/**
 * The call stage of Spring's HTTP clients: what runs once around each logical call,
 * outside of the choice of an instance. And, at the very inside, what gives each attempt
 * its times. Bodies stream through all of it.
 */
@NullMarked
package io.governance.resilience.client;

import org.jspecify.annotations.NullMarked;
