// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the trace headers, written from their specifications: the same cases at the
 * codecs, and over HTTP through a Servlet and a WebFlux server.
 */
package io.governance.tracing.propagation;
