// SPDX-License-Identifier: Apache-2.0

/**
 * Which traces are recorded, decided at their head: a share of the calls, up to so many
 * per second, more while errors are frequent. What a trusted caller decided is honoured,
 * so that traces stay whole. Not for keeping the traces of failed calls: whether a call
 * fails is not known at its head; a collector that samples tails knows.
 */
@NullMarked
package io.governance.observation.sampling;

import org.jspecify.annotations.NullMarked;
