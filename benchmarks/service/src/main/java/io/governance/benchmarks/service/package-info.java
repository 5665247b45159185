// SPDX-License-Identifier: Apache-2.0

/**
 * The service that benchmarks call: plain Spring Boot. What is measured is added to its
 * class path.
 */
@NullMarked
package io.governance.benchmarks.service;

import org.jspecify.annotations.NullMarked;
