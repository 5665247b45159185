// SPDX-License-Identifier: Apache-2.0

/**
 * The endpoint that the test suite of the W3C Trace Context specification drives: it
 * makes the calls it is told to make, to this machine only, so that the suite can see
 * which trace headers leave a service of ours. Nothing that a real service should have.
 */
@NullMarked
package io.governance.demo.storefront.tracecontext;

import org.jspecify.annotations.NullMarked;
