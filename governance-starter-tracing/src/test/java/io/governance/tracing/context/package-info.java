// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of what crosses to other threads, and of what stays behind.
 */
package io.governance.tracing.context;
