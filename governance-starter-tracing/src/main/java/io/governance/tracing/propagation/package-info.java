// SPDX-License-Identifier: Apache-2.0

/**
 * Which trace a request belongs to, and how called services learn it: a strict reading of
 * the W3C Trace Context headers and of B3, with every value of a repeated header in
 * sight. What cannot be read without doubt starts a new trace; nothing here ever fails a
 * request.
 */
@NullMarked
package io.governance.tracing.propagation;

import org.jspecify.annotations.NullMarked;
