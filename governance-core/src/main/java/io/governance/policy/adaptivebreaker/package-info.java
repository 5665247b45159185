// SPDX-License-Identifier: Apache-2.0

/**
 * Holds back a share of the calls to a service that fails, as large as its failures
 * warrant (client-side throttling after Google's SRE book, as go-zero does it). It has no
 * states that it must be led through: what passes tells how the service is, and the share
 * follows. What counts as a failure is declared; the caller's own cancellations and local
 * rejections never count. Not for calls of which a handful in the window must decide, and
 * not for single bad instances.
 */
@NullMarked
package io.governance.policy.adaptivebreaker;

import org.jspecify.annotations.NullMarked;
