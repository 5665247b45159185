// SPDX-License-Identifier: Apache-2.0

/**
 * Inbound calls in a Servlet container: one filter before security, one behind it, and
 * what Spring MVC needs to know.
 */
@NullMarked
package io.governance.resilience.servlet;

import org.jspecify.annotations.NullMarked;
