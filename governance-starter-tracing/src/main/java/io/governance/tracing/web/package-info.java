// SPDX-License-Identifier: Apache-2.0

/**
 * Names the trace of a request in its response, so that a caller without tracing can
 * report it. One filter for Servlet, one for WebFlux and the gateway; both do nothing
 * where no observation was started.
 */
@NullMarked
package io.governance.tracing.web;

import org.jspecify.annotations.NullMarked;
