// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of traces where several starters work together: no starter sees another.
 */
package io.governance.verification.tracing;
