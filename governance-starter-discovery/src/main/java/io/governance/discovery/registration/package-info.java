// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps this process registered: compares what should be registered with what is, for as
 * long as the process lives, and takes it out before the process stops.
 */
@NullMarked
package io.governance.discovery.registration;

import org.jspecify.annotations.NullMarked;
