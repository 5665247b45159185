// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What a filter is given.
 */
record Exchange(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
}
