// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

/**
 * How a call went.
 *
 * @param url what was called
 * @param outcome the status of the answer, or what failed
 */
record CallResult(String url, String outcome) {
}
